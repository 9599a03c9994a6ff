"""Warm kernels: notebooks run in processes forked from one that has the heavy modules loaded."""
