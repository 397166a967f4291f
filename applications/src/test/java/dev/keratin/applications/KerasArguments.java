package dev.keratin.applications;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** Sets what Keras takes as an argument, by that argument's name. */
final class KerasArguments {
    private KerasArguments() {}

    static void set(Application<?> application, String argument, JsonNode value) {
        if (argument.equals("input_shape")) {
            application.inputShape(value.get(0).asLong(), value.get(1).asLong(), value.get(2).asLong());
            return;
        }
        Method setter = Arrays.stream(application.getClass().getMethods())
                .filter(method -> method.getName().equals(camelCase(argument)) && method.getParameterCount() == 1)
                .findFirst().orElseThrow(() -> new AssertionError(application.who() + " lacks " + argument));
        try {
            setter.invoke(application, of(setter.getParameterTypes()[0], value));
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(argument, e);
        }
    }

    private static Object of(Class<?> type, JsonNode value) {
        return type == double.class ? (Object) value.asDouble() : type == int.class ? (Object) value.asInt()
                : type == boolean.class ? (Object) value.asBoolean() : value.asText();
    }

    private static String camelCase(String argument) {
        StringBuilder name = new StringBuilder();
        for (String part : argument.split("_")) {
            name.append(name.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return name.toString();
    }
}
