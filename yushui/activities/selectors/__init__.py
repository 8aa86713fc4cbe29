"""Reading what was done. Every function takes the actor; rows outside the actor's area do not exist for them."""
