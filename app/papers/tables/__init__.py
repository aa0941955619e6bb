"""Plain tables of a meeting, each as .xlsx, .csv and .json."""
