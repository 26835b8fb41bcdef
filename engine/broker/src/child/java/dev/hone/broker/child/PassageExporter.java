package dev.hone.broker.child;

import io.camunda.zeebe.exporter.api.Exporter;
import io.camunda.zeebe.exporter.api.context.Context;
import io.camunda.zeebe.exporter.api.context.Controller;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;

/** Tells the parent of every sequence flow that an instance takes, at least once. */
public final class PassageExporter implements Exporter {

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
                return type == ValueType.PROCESS_INSTANCE;
            }
        });
    }

    @Override
    public void open(Controller controller) {
        this.controller = controller;
    }

    @Override
    public void export(Record<?> record) {
        if (record.getIntent() == ProcessInstanceIntent.SEQUENCE_FLOW_TAKEN
                && record.getValue() instanceof ProcessInstanceRecordValue flow) {
            events.passage(flow.getProcessInstanceKey(), flow.getBpmnProcessId(), flow.getElementId());
        }
        controller.updateLastExportedRecordPosition(record.getPosition());
    }
}
