"""Analysis: words, and the builders of the committed tables. jieba, rjieba and opencc are imported here and nowhere else."""
