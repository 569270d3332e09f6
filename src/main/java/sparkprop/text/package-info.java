/**
 * The one grammar for everything a user writes as text: networks, solvers, losses, schedules and
 * initialisers.
 *
 * <p>A text is a sequence of calls separated by white space; a call is {@code name} or {@code
 * name(argument, key=value)}; a value is a number ({@code 1e-3}). {@link sparkprop.text.Grammar}
 * turns a text into {@link sparkprop.text.Call}s, whose {@link sparkprop.text.Token}s remember
 * where they stand. A {@link sparkprop.text.Vocabulary} knows which names exist in one place (the
 * solvers, say), which arguments each takes ({@link sparkprop.text.Signature}, {@link
 * sparkprop.text.Parameter}), and builds the value meant. Names and keys are read in any case and
 * printed in their official spelling; what a signature prints, its vocabulary reads back as the
 * same value. Every error is a {@link sparkprop.text.TextException}, which shows the text with a
 * caret under the column at fault.
 *
 * <p>The package knows nothing of what the texts mean, so that all rooms above can share it.
 */
@NullMarked
package sparkprop.text;

import org.jspecify.annotations.NullMarked;
