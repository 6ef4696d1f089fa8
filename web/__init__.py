"""The ways in: page, REST and terminal. They render what the advisor answers, and decide nothing."""
