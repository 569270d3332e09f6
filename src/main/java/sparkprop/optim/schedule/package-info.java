/**
 * How the step size changes in the course of training. A {@link
 * sparkprop.optim.schedule.StepSizeSchedule} is a factor on the step size, a pure function of the
 * fractional pass, of how many passes there will be at most, and of how often the watched loss has
 * stood still; the trainer keeps count of the last, so that a schedule has no state and any update
 * can be made again. {@link sparkprop.optim.schedule.Schedules} is the table of schedules by their
 * text; a new one is one file and one row.
 */
@NullMarked
package sparkprop.optim.schedule;

import org.jspecify.annotations.NullMarked;
