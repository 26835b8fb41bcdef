package dev.hone.dsl.grammar;

import dev.hone.dsl.Value;
import dev.hone.dsl.yaml.Yaml;
import java.math.BigDecimal;
import java.util.Locale;

/** Values that go into tools and models. */
final class Values {

    private Values() {}

    static Value read(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Scalar scalar
            when ExpressionText.isMarked(scalar) -> new Value.Computed(ExpressionText.read(scalar));
            case Yaml.Scalar scalar ->
                switch (scalar.kind()) {
                    case TEXT -> new Value.Text(scalar.text(), scalar.where());
                    case NUMBER -> new Value.Number(new BigDecimal(scalar.text()), scalar.where());
                    case BOOLEAN ->
                        new Value.Bool(scalar.text().toLowerCase(Locale.ROOT).equals("true"), scalar.where());
                    case NOTHING -> new Value.Nothing(scalar.where());
                };
            case Yaml.Items list ->
                new Value.Items(list.items().stream().map(Values::read).toList(), list.where());
            case Yaml.Fields fields ->
                new Value.Fields(Fields.of(fields).mapped((name, value) -> read(value)), fields.where());
        };
    }
}
