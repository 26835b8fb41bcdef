package dev.hone.dsl.feel;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what stands between operators: constants, names, calls, brackets, and the fields and filters after them. */
final class FeelValues {

    private final FeelCursor cursor;
    private final FeelReader expressions;

    FeelValues(FeelCursor cursor, FeelReader expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    Feel value() throws FeelSyntaxException {
        Feel value = primary();
        while (true) {
            if (cursor.accept(".")) {
                cursor.count();
                value = new Feel.Field(value, fieldName());
                if (cursor.peek().is("(")) {
                    throw cursor.mistake(
                            "A value has no functions; a function takes the value as its argument, as in count(list).");
                }
            } else if (cursor.accept("[")) {
                cursor.count();
                value = new Feel.Filter(value, expressions.expression());
                cursor.expect("]");
            } else {
                return value;
            }
        }
    }

    private Feel primary() throws FeelSyntaxException {
        FeelToken token = cursor.peek();
        return switch (token.kind()) {
            case NUMBER -> new Feel.Num(new BigDecimal(cursor.take().text()));
            case STRING -> new Feel.Text(cursor.take().text());
            case QUOTED_NAME -> new Feel.Name(cursor.take().text());
            case WORD -> word();
            case SYMBOL -> bracket();
            case END -> throw cursor.unexpected("a value");
        };
    }

    private Feel word() throws FeelSyntaxException {
        for (List<String> words : FeelFunctions.OF_SEVERAL_WORDS) {
            if (cursor.isCallOf(words)) {
                int offset = cursor.peek().offset();
                cursor.skip(words.size());
                return invocation(String.join(" ", words), offset);
            }
        }
        FeelToken token = cursor.peek();
        if (token.is("function")) {
            throw cursor.mistake("An expression cannot define functions.");
        }
        if (cursor.peekNext().is("(") && !FeelReader.KEYWORDS.contains(token.text())) {
            cursor.take();
            return invocation(token.text(), token.offset());
        }
        return switch (token.text()) {
            case "null" -> constant(new Feel.Null());
            case "true" -> constant(new Feel.Bool(true));
            case "false" -> constant(new Feel.Bool(false));
            default -> new Feel.Name(name());
        };
    }

    private Feel constant(Feel value) {
        cursor.take();
        return value;
    }

    private Feel invocation(String function, int offset) throws FeelSyntaxException {
        cursor.count();
        cursor.expect("(");
        List<Feel> arguments = new ArrayList<>();
        if (!cursor.peek().is(")")) {
            do {
                if (cursor.peek().kind() == FeelToken.Kind.WORD
                        && cursor.peekNext().is(":")) {
                    throw cursor.mistake("Arguments are given by position, without their names.");
                }
                arguments.add(expressions.expression());
            } while (cursor.accept(","));
        }
        cursor.expect(")");
        FeelFunctions.require(function, arguments.size(), offset);
        return new Feel.Invoke(function, List.copyOf(arguments));
    }

    private Feel bracket() throws FeelSyntaxException {
        if (cursor.accept("(")) {
            Feel inner = expressions.expression();
            cursor.expect(")");
            return inner;
        }
        if (cursor.accept("[")) {
            List<Feel> items = new ArrayList<>();
            while (!cursor.peek().is("]")) {
                items.add(expressions.expression());
                if (!cursor.accept(",")) {
                    break;
                }
            }
            cursor.expect("]");
            // FEEL's own notation of an interval; as a list it is the same numbers.
            return items.size() == 1 && items.getFirst() instanceof Feel.Range range
                    ? range
                    : new Feel.ListOf(List.copyOf(items));
        }
        if (cursor.accept("{")) {
            return context();
        }
        throw cursor.unexpected("a value");
    }

    private Feel context() throws FeelSyntaxException {
        Map<String, Feel> entries = new LinkedHashMap<>();
        while (!cursor.peek().is("}")) {
            FeelToken key = cursor.peek();
            String name = key.kind() == FeelToken.Kind.STRING ? cursor.take().text() : fieldName();
            cursor.expect(":");
            if (entries.put(name, expressions.expression()) != null) {
                throw new FeelSyntaxException(key.offset(), "The key '" + name + "' is used twice.");
            }
            if (!cursor.accept(",")) {
                break;
            }
        }
        cursor.expect("}");
        return new Feel.Context(entries);
    }

    String name() throws FeelSyntaxException {
        FeelToken token = cursor.peek();
        if (token.kind() != FeelToken.Kind.QUOTED_NAME
                && (token.kind() != FeelToken.Kind.WORD || FeelReader.KEYWORDS.contains(token.text()))) {
            throw cursor.unexpected("a name");
        }
        return cursor.take().text();
    }

    /** After a dot a keyword cannot be meant. */
    private String fieldName() throws FeelSyntaxException {
        return cursor.peek().kind() == FeelToken.Kind.WORD ? cursor.take().text() : name();
    }
}
