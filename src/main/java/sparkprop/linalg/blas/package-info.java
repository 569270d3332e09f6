/**
 * Matrix products, by the fastest provider there is.
 *
 * <p>{@link sparkprop.linalg.blas.Blas} is the one door: it checks shapes and bounds and hands the
 * product to a kernel. Which provider's, is decided once in a JVM, at first use, and logged with
 * the reason: Intel MKL where the user has added {@code org.bytedeco:mkl}, else OpenBLAS from
 * {@code org.bytedeco:openblas}, else the vector BLAS of netlib that Spark carries (with the JVM
 * option {@code --add-modules jdk.incubator.vector}), else plain Java. The system property {@code
 * sparkprop.blas} forces one.
 *
 * <p>OpenBLAS is unpacked into a folder of our own, so that no other user of the process shares it.
 * Native code is reached through netlib's JNI, which takes Java arrays without copying them. MLlib
 * multiplies through the same netlib, so we must not disturb it: netlib is made to choose its own
 * BLAS first, as it would for MLlib, and our copy of its JNI class lives in a class loader of its
 * own and is pointed at our library. Threads are set in that one library, and always to one: the
 * tasks of Spark are what runs in parallel.
 */
@NullMarked
package sparkprop.linalg.blas;

import org.jspecify.annotations.NullMarked;
