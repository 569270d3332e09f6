package sparkprop.reference;

/**
 * How a window moves over maps: for a place (y, x) of the output and a place (i, j) of the kernel,
 * which number of the input is seen there.
 *
 * @param in channels, height and width of the input
 * @param kernel height and width
 * @param stride down and across
 * @param padding above and below, left and right
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ReferenceMaps(int[] in, int[] kernel, int[] stride, int[] padding) {
  int outHeight() {
    return (in[1] + 2 * padding[0] - kernel[0]) / stride[0] + 1;
  }

  int outWidth() {
    return (in[2] + 2 * padding[1] - kernel[1]) / stride[1] + 1;
  }

  int[] out(int channels) {
    return new int[] {channels, outHeight(), outWidth()};
  }

  /** The index in a row of the input, or -1 in the padding. */
  int index(int channel, int y, int x, int i, int j) {
    int row = y * stride[0] + i - padding[0];
    int column = x * stride[1] + j - padding[1];
    boolean inside = row >= 0 && row < in[1] && column >= 0 && column < in[2];
    return inside ? (channel * in[1] + row) * in[2] + column : -1;
  }

  /** The index in a row of the output. */
  int place(int channel, int y, int x) {
    return (channel * outHeight() + y) * outWidth() + x;
  }
}
