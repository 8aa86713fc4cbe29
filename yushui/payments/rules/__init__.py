"""Rules of payment: who may take which step, how a bank file is written, how a return is read and classed."""
