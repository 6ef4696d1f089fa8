"""The steps that bring a database up to date: one a file in `versions`, never edited after it has shipped."""
