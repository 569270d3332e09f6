package sparkprop.cluster;

import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.SerializerInstance;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A value on its way through Spark's broadcasts, shuffles and results, packed by the serializer
 * that Spark keeps for closures, which is always Java's. Those ways go by {@code spark.serializer}
 * otherwise, and Kryo, which many clusters set, cannot write Java's records.
 *
 * @param <T> what is packed; it is unpacked once in each JVM that asks for {@link #value}, and then
 *     shared
 */
public final class Packed<T extends Serializable> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] bytes;
  private transient volatile @Nullable T value;

  private Packed(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Packs a value, on the driver or in a task. */
  public static <T extends Serializable> Packed<T> of(T value) {
    ByteBuffer buffer = serializer().serialize(value, Packed.<T>tag());
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return new Packed<>(bytes);
  }

  /** The value. Tasks ask for each row they score, and must not wait for each other. */
  public T value() {
    T found = value;
    return found != null ? found : unpackOnce();
  }

  private synchronized T unpackOnce() {
    T found = value;
    if (found == null) {
      found = unpack();
      value = found;
    }
    return found;
  }

  /** A copy of the value that is the caller's alone. */
  public T unpack() {
    return serializer()
        .deserialize(
            ByteBuffer.wrap(bytes),
            Thread.currentThread().getContextClassLoader(),
            Packed.<T>tag());
  }

  private static SerializerInstance serializer() {
    return SparkEnv.get().closureSerializer().newInstance();
  }

  private static <T> ClassTag<T> tag() {
    return ClassTag$.MODULE$.apply(Object.class);
  }
}
