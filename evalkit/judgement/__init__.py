"""From recorded facts to a judgement, by rules that print their reasons."""
