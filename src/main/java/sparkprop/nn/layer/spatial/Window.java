package sparkprop.nn.layer.spatial;

import org.jspecify.annotations.Nullable;
import sparkprop.text.Arguments;
import sparkprop.text.Parameter;
import sparkprop.text.Range;
import sparkprop.text.Size;

/**
 * Where a kernel stands on a map: from the padded upper left corner in steps of the stride, as long
 * as it fits whole.
 *
 * @param kernel its size
 * @param stride from one place to the next
 * @param padding rows above and below, columns left and right, that are added to the map
 */
record Window(Size kernel, Size stride, Size padding) implements java.io.Serializable {
  static final Parameter KERNEL = Parameter.size("kernel", Range.atLeast(1));

  /** The stride of convolutions: every place. */
  static final Parameter STRIDE = Parameter.size("stride", Range.atLeast(1)).orElse(new Size(1, 1));

  /** The stride of pools, which is the kernel's size where it is not given. */
  static final Parameter POOL_STRIDE = Parameter.size("stride", Range.atLeast(1)).optional();

  static final Parameter PADDING =
      Parameter.size("padding", Range.atLeast(0)).orElse(new Size(0, 0));

  /** As a text's arguments say. */
  static Window of(Arguments arguments) {
    Size kernel = arguments.size("kernel");
    return new Window(
        kernel,
        arguments.has("stride") ? arguments.size("stride") : kernel,
        arguments.size("padding"));
  }

  /**
   * This window of a pool, every place of which sees some of the map.
   *
   * @param layer its name, for the error
   * @throws IllegalArgumentException if the padding is more than half the kernel
   */
  Window paddedWithin(String layer) {
    if (2 * padding.height() > kernel.height() || 2 * padding.width() > kernel.width()) {
      throw new IllegalArgumentException(
          "The padding of %s must be at most half its kernel of %s, but is %s."
              .formatted(layer, kernel, padding));
    }
    return this;
  }

  /** The stride as a text gives it, or null where that is the kernel's. */
  @Nullable Size poolStride() {
    return stride.equals(kernel) ? null : stride;
  }

  /** The first row of the map, or of its padding above, that the kernel sees at a place. */
  int top(int y) {
    return y * stride.height() - padding.height();
  }

  /** The first column of the map, or of its padding on the left, that it sees at a place. */
  int left(int x) {
    return x * stride.width() - padding.width();
  }

  /** The first place across where this column of the kernel stands on the map. */
  int firstInside(MapShape map, int kx) {
    return Math.min(across(map), Math.max(0, ceilDiv(padding.width() - kx, stride.width())));
  }

  /** The place across after the last where this column of the kernel stands on the map. */
  int endInside(MapShape map, int kx) {
    int end = ceilDiv(map.width() + padding.width() - kx, stride.width());
    return Math.max(firstInside(map, kx), Math.min(across(map), end));
  }

  private static int ceilDiv(int a, int b) {
    return -Math.floorDiv(-a, b);
  }

  /** Places below each other. */
  int down(MapShape map) {
    return Math.floorDiv(map.height() + 2 * padding.height() - kernel.height(), stride.height())
        + 1;
  }

  /** Places beside each other. */
  int across(MapShape map) {
    return Math.floorDiv(map.width() + 2 * padding.width() - kernel.width(), stride.width()) + 1;
  }

  /** Numbers that the kernel sees of one map. */
  int area() {
    return kernel.height() * kernel.width();
  }

  /**
   * The maps of a layer that has a value for each place.
   *
   * @param layer its text, named in errors
   * @throws IllegalArgumentException if the kernel is larger than the padded map
   */
  MapShape over(MapShape input, int channels, String layer) {
    if (down(input) < 1 || across(input) < 1) {
      throw new IllegalArgumentException(
          "Layer %s has a kernel of %s, which does not fit its input of %s maps of %dx%d%s."
              .formatted(
                  layer,
                  kernel,
                  input.channels(),
                  input.height(),
                  input.width(),
                  padding.equals(new Size(0, 0)) ? "" : " with padding " + padding));
    }
    return new MapShape(channels, down(input), across(input));
  }
}
