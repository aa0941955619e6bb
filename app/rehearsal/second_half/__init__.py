"""The second half played by bots: the two months from the findings to striking off, by the pages that people use."""
