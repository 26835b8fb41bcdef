package dev.hone.server.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.work.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.slf4j.MDC;

/** A log record as a line of JSON: {@code {at, level, logger, message, run, element, error}}; run and element where a step is worked on. */
public final class JsonLines extends Formatter {

    @Override
    public String format(LogRecord record) {
        ObjectNode line = Json.object()
                .put("at", record.getInstant().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("level", record.getLevel().getName())
                .put("logger", record.getLoggerName())
                .put("message", formatMessage(record));
        Map<String, String> context = MDC.getCopyOfContextMap();
        if (context != null) {
            context.forEach(line::put);
        }
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace));
            line.put("error", trace.toString());
        }
        return line + System.lineSeparator();
    }
}
