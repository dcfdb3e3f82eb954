"""The Scottish half of the sample: one authority, a children's reporter and a sheriff court."""
