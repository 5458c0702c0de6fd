"""Files in, files out. So far: reading the input of `isodose decide`, row by row, with what cannot be read.

Knows nothing of FHIR: a Bundle is handed on as the object that it is.
"""
