"""Pages of nurses and physicians: the worklist and the desk."""
