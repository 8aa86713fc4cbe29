"""Sites and offers (阵地与优待): places of 双拥 work, signs, shops with offers, windows, their upkeep and map."""
