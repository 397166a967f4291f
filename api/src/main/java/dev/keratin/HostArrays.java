package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Elements;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Converts between Java arrays and tensors. */
final class HostArrays {
    private HostArrays() {}

    static Tensor toTensor(Object array) {
        if (array instanceof Tensor) {
            return (Tensor) array;
        }
        if (array instanceof Number || array instanceof Boolean) {
            return scalar(array);
        }
        if (array == null || !array.getClass().isArray()) {
            throw new IllegalArgumentException("Tensor.of: a number or an array of primitive numbers is required. Received: "
                    + (array == null ? "null" : array.getClass().getName())
                    + ". Turn it into float[][] or the like.");
        }
        List<Long> dims = new ArrayList<>();
        Object part = array;
        while (part != null && part.getClass().isArray()) {
            int length = Array.getLength(part);
            dims.add((long) length);
            part = length > 0 && !part.getClass().getComponentType().isPrimitive() ? Array.get(part, 0) : null;
        }
        Class<?> element = array.getClass();
        while (element.isArray()) {
            element = element.getComponentType();
        }
        TensorType type = new TensorType(dtypeOf(element), Shape.of(dims));
        ByteBuffer bytes = bytes(type);
        fill(bytes, type, array, 0, type.dtype());
        return EagerTensor.of(type, bytes.flip());
    }

    static Tensor toTensor(Object flat, Shape shape) {
        int length = Array.getLength(flat);
        Shape full = shape.rank() == 0 && length != 1 ? Shape.of(length) : shape;
        Class<?> element = flat.getClass().getComponentType();
        DType dtype = element == double.class ? DType.FLOAT64 : dtypeOf(element);
        if (full.size() != length) {
            throw new IllegalArgumentException("Tensor.of: " + full.size() + " elements are required for shape " + full
                    + ". Received: " + length + ". Give an array of that length, or another shape.");
        }
        TensorType type = new TensorType(dtype, full);
        ByteBuffer bytes = bytes(type);
        put(bytes, flat, dtype);
        return EagerTensor.of(type, bytes.flip());
    }

    static double item(EagerTensor tensor) {
        if (tensor.size() != 1) {
            throw new IllegalStateException("item: a tensor with one element is required. Received: " + tensor.type()
                    + ". Use toFloatArray().");
        }
        return Elements.read(tensor.read(), 0, tensor.dtype());
    }

    static float[] toFloats(EagerTensor tensor) {
        ByteBuffer bytes = tensor.read();
        float[] result = new float[(int) tensor.size()];
        if (tensor.dtype() == DType.FLOAT32) {
            bytes.asFloatBuffer().get(result);
            return result;
        }
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) Elements.read(bytes, i, tensor.dtype());
        }
        return result;
    }

    static double[] toDoubles(EagerTensor tensor) {
        ByteBuffer bytes = tensor.read();
        double[] result = new double[(int) tensor.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = Elements.read(bytes, i, tensor.dtype());
        }
        return result;
    }

    static int[] toInts(EagerTensor tensor) {
        ByteBuffer bytes = tensor.read();
        int[] result = new int[(int) tensor.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = (int) Elements.readLong(bytes, i, tensor.dtype());
        }
        return result;
    }

    static long[] toLongs(EagerTensor tensor) {
        ByteBuffer bytes = tensor.read();
        long[] result = new long[(int) tensor.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = Elements.readLong(bytes, i, tensor.dtype());
        }
        return result;
    }

    static boolean[] toBooleans(EagerTensor tensor) {
        ByteBuffer bytes = tensor.read();
        boolean[] result = new boolean[(int) tensor.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = Elements.read(bytes, i, tensor.dtype()) != 0;
        }
        return result;
    }

    private static Tensor scalar(Object value) {
        boolean whole = value instanceof Integer || value instanceof Long || value instanceof Byte || value instanceof Short;
        DType dtype = value instanceof Boolean ? DType.BOOL
                : value instanceof Long ? DType.INT64 : whole ? DType.INT32 : DType.FLOAT32;
        TensorType type = new TensorType(dtype, Shape.scalar());
        ByteBuffer bytes = bytes(type);
        if (whole) {
            Elements.writeLong(bytes, 0, dtype, ((Number) value).longValue());
        } else {
            Elements.write(bytes, 0, dtype, value instanceof Boolean ? ((Boolean) value ? 1 : 0) : ((Number) value).doubleValue());
        }
        return EagerTensor.of(type, bytes.position(0));
    }

    private static DType dtypeOf(Class<?> element) {
        if (element == float.class || element == double.class) {
            return DType.FLOAT32;
        } else if (element == int.class || element == short.class) {
            return DType.INT32;
        } else if (element == long.class) {
            return DType.INT64;
        } else if (element == byte.class) {
            return DType.INT8;
        } else if (element == boolean.class) {
            return DType.BOOL;
        }
        throw new IllegalArgumentException("Tensor.of: an array of float, double, int, long, short, byte or boolean is"
                + " required. Received: an array of " + element.getName() + ".");
    }

    private static ByteBuffer bytes(TensorType type) {
        return ByteBuffer.allocate(Math.toIntExact(type.byteSize())).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void fill(ByteBuffer bytes, TensorType type, Object part, int axis, DType dtype) {
        if (!part.getClass().isArray() || Array.getLength(part) != type.shape().dim(axis)) {
            throw new IllegalArgumentException("Tensor.of: parts of equal length are required. Received: a part of length "
                    + Array.getLength(part) + " on axis " + axis + ", where the first has " + type.shape().dim(axis)
                    + ". Fill them up, as padSequences does.");
        }
        if (axis == type.shape().rank() - 1) {
            put(bytes, part, dtype);
            return;
        }
        for (Object inner : (Object[]) part) {
            fill(bytes, type, inner, axis + 1, dtype);
        }
    }

    private static void put(ByteBuffer bytes, Object row, DType dtype) {
        int length = Array.getLength(row);
        if (row instanceof float[]) {
            bytes.asFloatBuffer().put((float[]) row);
            bytes.position(bytes.position() + 4 * length);
            return;
        }
        ByteBuffer target = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < length; i++) {
            if (row instanceof boolean[]) {
                target.put(i, (byte) (((boolean[]) row)[i] ? 1 : 0));
            } else if (row instanceof long[]) {
                Elements.writeLong(target, i, dtype, ((long[]) row)[i]);
            } else {
                Elements.write(target, i, dtype, Array.getDouble(row, i));
            }
        }
        bytes.position(bytes.position() + length * dtype.byteSize());
    }
}
