"""The steps, in the order of their numbers. A new one also moves `HEAD` in `advisor/store/tables.py`."""
