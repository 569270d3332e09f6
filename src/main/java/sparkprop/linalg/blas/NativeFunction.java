package sparkprop.linalg.blas;

import java.lang.reflect.Constructor;
import org.bytedeco.javacpp.Pointer;

/**
 * A C function {@code void f(void*)}, called by its address.
 *
 * <p>JavaCPP can do that with whatever frees the memory behind a pointer, in the one library that
 * all of JavaCPP stands on. Its function pointers proper each load a library of their own, and that
 * of OpenBLAS loads another OpenBLAS.
 */
final class NativeFunction extends Pointer {
  private NativeFunction() {}

  /**
   * Calls a function.
   *
   * @param function its address, not 0
   * @param argument its argument, not null
   * @throws ReflectiveOperationException if this JavaCPP has no such call
   */
  static void call(long function, Pointer argument) throws ReflectiveOperationException {
    Constructor<NativeDeallocator> constructor =
        NativeDeallocator.class.getDeclaredConstructor(Pointer.class, long.class, long.class);
    constructor.setAccessible(true);
    constructor.newInstance(new Pointer(), argument.address(), function).deallocate();
  }
}
