package dev.hone.dsl.feel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.impl.JavaValueMapper;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValNumber;
import org.camunda.feel.valuemapper.CustomValueMapper;
import org.camunda.feel.valuemapper.JavaCustomValueMapper;
import org.camunda.feel.valuemapper.ValueMapper;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Values as they cross the border to feel-engine: maps, lists, numbers, booleans, texts and null, nothing else. */
final class PlainValue {

    /** One of the two directions. */
    private interface Crossing {
        @Nullable
        Object of(@Nullable Object value) throws FeelFailure;
    }

    private PlainValue() {}

    /** @throws FeelFailure for anything that is not plain: feel-engine would look into its methods */
    static @Nullable Object in(@Nullable Object value) throws FeelFailure {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean bool -> bool;
            case BigDecimal number -> number;
            case BigInteger number -> new BigDecimal(number);
            case Double number -> decimal(number);
            case Float number -> decimal(number.doubleValue());
            case Number number -> BigDecimal.valueOf(number.longValue());
            case List<?> list -> list(list, PlainValue::in);
            case Map<?, ?> map -> map(map, PlainValue::in);
            default ->
                throw new FeelFailure(
                        "A value of the Java type " + value.getClass().getName() + " cannot be read by an expression.");
        };
    }

    /** @throws FeelFailure when the result is a function, which no one outside FEEL can use */
    static @Nullable Object out(@Nullable Object value) throws FeelFailure {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean bool -> bool;
            case Number number -> in(number);
            case List<?> list -> list(list, PlainValue::out);
            case Map<?, ?> map -> map(map, PlainValue::out);
            case java.time.temporal.Temporal time -> time.toString();
            case java.time.temporal.TemporalAmount amount -> amount.toString();
            default -> throw new FeelFailure("The result is not a value but a function or an interval.");
        };
    }

    private static BigDecimal decimal(double number) throws FeelFailure {
        if (!Double.isFinite(number)) {
            throw new FeelFailure("The number " + number + " has no decimal value.");
        }
        return BigDecimal.valueOf(number);
    }

    private static List<@Nullable Object> list(List<?> list, Crossing crossing) throws FeelFailure {
        List<@Nullable Object> plain = new ArrayList<>(list.size());
        for (Object item : list) {
            plain.add(crossing.of(item));
        }
        return plain;
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> map, Crossing crossing) throws FeelFailure {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            plain.put(String.valueOf(entry.getKey()), crossing.of(entry.getValue()));
        }
        return plain;
    }

    static FeelEngineApi engine() {
        FeelEngineBuilder builder = FeelEngineBuilder.create();
        List<CustomValueMapper> mappers = new ArrayList<>(List.of(new ExactNumbers(), new JavaValueMapper()));
        mappers.addAll(CollectionConverters.asJava(builder.customValueMappers()));
        return builder.withValueMapper(new ValueMapper.CompositeValueMapper(
                        CollectionConverters.asScala(mappers).toList()))
                .withEnabledExternalFunctions(false)
                .build();
    }

    /** Keeps numbers exact: feel-engine's own mapping to Java rounds them to double. */
    private static final class ExactNumbers extends JavaCustomValueMapper {
        @Override
        public int priority() {
            return 100;
        }

        @Override
        public Optional<Val> toValue(Object value, Function<Object, Val> inner) {
            return Optional.empty();
        }

        @Override
        public Optional<Object> unpackValue(Val value, Function<Val, Object> inner) {
            return value instanceof ValNumber number
                    ? Optional.of(number.value().bigDecimal())
                    : Optional.empty();
        }
    }
}
