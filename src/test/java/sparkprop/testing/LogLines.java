package sparkprop.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** What a class or a package logs while this is open. */
public final class LogLines extends AbstractAppender implements AutoCloseable {
  private final Logger logger;
  private final Level before;
  private final List<LogEvent> events = Collections.synchronizedList(new ArrayList<>());

  private LogLines(Logger logger) {
    super(logger.getName(), null, null, true, Property.EMPTY_ARRAY);
    this.logger = logger;
    this.before = logger.getLevel();
  }

  /** Of a class. */
  public static LogLines of(Class<?> type) {
    return of(type.getName());
  }

  /** Of a class or a package, by its name. */
  public static LogLines of(String name) {
    LogLines lines = new LogLines((Logger) LogManager.getLogger(name));
    lines.start();
    lines.logger.addAppender(lines);
    Configurator.setLevel(lines.logger, Level.INFO);
    return lines;
  }

  @Override
  public void append(LogEvent event) {
    events.add(event.toImmutable());
  }

  /** The messages of one level, in order. */
  public List<String> at(String level) {
    return events.stream()
        .filter(event -> event.getLevel().name().equals(level))
        .map(event -> event.getMessage().getFormattedMessage())
        .toList();
  }

  @Override
  public void close() {
    Configurator.setLevel(logger, before);
    logger.removeAppender(this);
    stop();
  }
}
