/** Tests of the classifier as a stage of Spark ML, on small made-up data and on real digits. */
@NullMarked
package sparkprop.classification;

import org.jspecify.annotations.NullMarked;
