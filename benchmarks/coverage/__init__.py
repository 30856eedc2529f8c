"""How often 95% intervals hold the truth, and 5% tests reject it, under their own assumptions.

    python -m benchmarks.coverage [--quick] [--only LABEL] [--kept FILE] [--write PAGE]

About three quarters of an hour in full, some minutes with --quick. Seeds are fixed: the same
numbers each time. With --kept FILE results are kept as they come, and not made twice.
"""
