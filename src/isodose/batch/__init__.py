"""Files in, files out. So far: reading the input of `isodose decide`, item by item, with what cannot be read.

Knows nothing of FHIR: a Bundle is handed on as the object that it is.
"""
