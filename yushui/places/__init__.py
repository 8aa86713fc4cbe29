"""Areas with twelve-digit codes and life spans; units (单位) that stand in them, with posts by date."""
