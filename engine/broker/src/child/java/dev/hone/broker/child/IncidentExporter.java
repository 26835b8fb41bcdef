package dev.hone.broker.child;

import io.camunda.zeebe.exporter.api.Exporter;
import io.camunda.zeebe.exporter.api.context.Context;
import io.camunda.zeebe.exporter.api.context.Controller;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.value.IncidentRecordValue;

/** Tells the parent of every incident, at least once: after a crash the last ones come again with the same key. */
public final class IncidentExporter implements Exporter {

    private static volatile Events events;
    private Controller controller;

    /** Zeebe makes the exporter by its class name, hence the static field. */
    static void tell(Events to) {
        events = to;
    }

    @Override
    public void configure(Context context) {
        context.setFilter(new Context.RecordFilter() {
            @Override
            public boolean acceptType(RecordType type) {
                return type == RecordType.EVENT;
            }

            @Override
            public boolean acceptValue(ValueType type) {
                return type == ValueType.INCIDENT;
            }
        });
    }

    @Override
    public void open(Controller controller) {
        this.controller = controller;
    }

    @Override
    public void export(Record<?> record) {
        if (record.getIntent() == IncidentIntent.CREATED && record.getValue() instanceof IncidentRecordValue incident) {
            events.incident(
                    record.getKey(),
                    incident.getProcessInstanceKey(),
                    incident.getBpmnProcessId(),
                    incident.getElementId(),
                    incident.getJobKey(),
                    incident.getErrorType().name(),
                    incident.getErrorMessage());
        }
        controller.updateLastExportedRecordPosition(record.getPosition());
    }
}
