package sparkprop.train.method;

import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import scala.Tuple2;

/**
 * A function as Breeze's optimizers want it. The language has no way to write one: the trait's
 * {@code apply} gives a double where the one it inherits gives an object, which the compiler
 * refuses for classes and lambdas alike. The JVM does not mind, so the lambda is linked by hand.
 */
final class BreezeFunction {
  private static final MethodHandle LAMBDA = link();

  private BreezeFunction() {}

  /** Value and gradient at a point; what it throws comes out of Breeze as it is. */
  interface Calculation {
    Tuple2<Object, DenseVector<Object>> at(DenseVector<Object> x) throws InterruptedException;
  }

  /** The function, of which Breeze calls {@code calculate} alone. */
  @SuppressWarnings("unchecked")
  static DiffFunction<DenseVector<Object>> of(Calculation calculation) {
    try {
      return (DiffFunction<DenseVector<Object>>) LAMBDA.invoke(calculation);
    } catch (Throwable e) { // which invoke declares, but making a lambda throws none
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle link() {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodType at = MethodType.methodType(Tuple2.class, DenseVector.class);
    try {
      return LambdaMetafactory.metafactory(
              lookup,
              "calculate",
              MethodType.methodType(DiffFunction.class, Calculation.class),
              MethodType.methodType(Tuple2.class, Object.class),
              lookup.findVirtual(Calculation.class, "at", at),
              at)
          .getTarget();
    } catch (ReflectiveOperationException | LambdaConversionException e) {
      throw new IllegalStateException("Breeze's functions are not what they were.", e);
    }
  }
}
