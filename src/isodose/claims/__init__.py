"""Claim lines against authorizations: payable, or why not and what would help. Files in, a file out, on DuckDB.

lines read -> authorizations of the member -> how each fits -> the edition's answer -> units drawn -> reason and remedy
"""
