"""Reading goods and money. Every function takes the actor; rows outside the actor's area do not exist for them."""
