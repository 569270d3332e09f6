package sparkprop.linalg.blas;

/** Where the functions and variables of a native library stand in memory. */
interface Symbols {
  /** The address of a symbol, 0 if there is none. */
  long address(String name);
}
