package dev.graft.report;

import dev.graft.result.Interval;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/** Teaches Jackson that {@code null} stands for a number that is not finite. */
final class FiniteNumbers extends SimpleModule {
    private static final long serialVersionUID = 1L;

    FiniteNumbers() {
        super("graft-finite-numbers");
        addSerializer(Double.class, new Writer());
        addSerializer(double.class, new Writer());
        addDeserializer(Double.class, new Reader());
        addDeserializer(double.class, new Reader());
        addSerializer(Interval.class, new IntervalWriter());
        addDeserializer(Interval.class, new IntervalReader());
    }

    private static void write(double value, JsonGenerator json) {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }

    private static final class Writer extends ValueSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator json, SerializationContext context) {
            write(value, json);
        }
    }

    private static final class Reader extends ValueDeserializer<Double> {
        @Override
        public Double deserialize(JsonParser json, DeserializationContext context) {
            if (!json.currentToken().isNumeric()) {
                return (Double) context.handleUnexpectedToken(double.class, json);
            }
            return json.getDoubleValue();
        }

        @Override
        public Double getNullValue(DeserializationContext context) {
            return Double.NaN;
        }
    }

    private static final class IntervalWriter extends ValueSerializer<Interval> {
        @Override
        public void serialize(Interval interval, JsonGenerator json, SerializationContext context) {
            json.writeStartArray();
            write(interval.lower(), json);
            write(interval.upper(), json);
            json.writeEndArray();
        }
    }

    private static final class IntervalReader extends ValueDeserializer<Interval> {
        @Override
        public Interval deserialize(JsonParser json, DeserializationContext context) {
            if (!json.isExpectedStartArrayToken()) {
                return (Interval) context.handleUnexpectedToken(Interval.class, json);
            }
            double lower = end(json, context, Double.NEGATIVE_INFINITY);
            double upper = end(json, context, Double.POSITIVE_INFINITY);
            if (json.nextToken() != JsonToken.END_ARRAY) {
                return (Interval) context.handleUnexpectedToken(Interval.class, json);
            }
            return new Interval(lower, upper);
        }

        private static double end(JsonParser json, DeserializationContext context, double open) {
            JsonToken token = json.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                return open;
            }
            if (token == null || !token.isNumeric()) {
                context.handleUnexpectedToken(double.class, json);
            }
            return json.getDoubleValue();
        }
    }
}
