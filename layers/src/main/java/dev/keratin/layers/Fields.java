package dev.keratin.layers;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the layers that a user's subclass keeps in its fields. */
final class Fields {
    private static final String OURS = "dev.keratin.";

    private Fields() {}

    /** By field name: a layer, or a list of layers from a collection or array. Superclasses come first. */
    static Map<String, Object> layersOf(Layer layer) {
        Map<String, Object> found = new LinkedHashMap<>();
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> type = layer.getClass(); !type.getName().startsWith(OURS); type = type.getSuperclass()) {
            classes.add(0, type);
        }
        for (Class<?> type : classes) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic() && field.trySetAccessible()) {
                    addLayers(found, field.getName(), read(field, layer));
                }
            }
        }
        return found;
    }

    private static void addLayers(Map<String, Object> found, String name, Object value) {
        if (value instanceof Layer) {
            found.put(name, value);
            return;
        }
        Collection<?> many = value instanceof Map ? ((Map<?, ?>) value).values()
                : value instanceof Object[] ? List.of((Object[]) value)
                : value instanceof Collection ? (Collection<?>) value : List.of();
        if (!many.isEmpty() && many.stream().allMatch(Layer.class::isInstance)) {
            found.put(name, List.copyOf(many));
        }
    }

    private static Object read(Field field, Layer layer) {
        try {
            return field.get(layer);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Layers and those in lists, one after the other. */
    static List<Layer> flat(Collection<?> children) {
        List<Layer> all = new ArrayList<>();
        for (Object child : children) {
            if (child instanceof Layer layer) {
                all.add(layer);
            } else {
                ((Collection<?>) child).forEach(each -> all.add((Layer) each));
            }
        }
        return Collections.unmodifiableList(all);
    }
}
