"""The invented county 云川县 (990101): everything in it comes from a seed and a day, nothing from a living person.

Identity numbers stand under the unassigned prefix 99, phone numbers in an unassigned range, bank numbers under an
unassigned issuer. The register is written in bulk, past the verbs of daily work, because it tells of seventeen years
that this house did not see; money goes through the same engine and the same services as in any county.
"""
