package dev.keratin.io.hdf5;

import dev.keratin.io.hdf5.H5Attribute.Form;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The datatype message: how elements are stored (section IV.A.2.d).
 *
 * @param type the element type; of opaque two-byte elements {@link H5Type#BFLOAT16}
 * @param size bytes per element in the file
 * @param bigEndian whether numbers have their highest byte first
 * @param opaque whether only an attribute can tell what the bytes mean
 * @param form of strings
 * @param padding of strings of fixed length: 0 ends at a NUL, 1 is filled with NULs, 2 with spaces
 */
record Datatype(H5Type type, int size, boolean bigEndian, boolean opaque, Form form, int padding) {
    private static final int INTEGER = 0;
    private static final int FLOAT = 1;
    private static final int TEXT = 3;
    private static final int OPAQUE = 5;
    private static final int ENUM = 8;
    private static final int VARIABLE = 9;

    /** Versions 4 and 5 differ from 3 in types that Keras doesn't use. */
    private static final int LAST_VERSION = 5;

    static Datatype read(Fields fields, long at) throws H5Exception {
        int kind = fields.u8(at) & 15;
        int version = fields.u8(at) >> 4;
        long size = fields.u32(at + 4);
        if (version < 1 || version > LAST_VERSION || size < 1 || size > 1 << 30) {
            throw fields.damaged(at, "an element type of version " + version + " and size " + size);
        }
        return switch (kind) {
            case INTEGER -> integer(fields, at, (int) size);
            case FLOAT -> floating(fields, at, (int) size);
            case TEXT -> new Datatype(H5Type.STRING, (int) size, false, false, Form.FIXED, fields.u8(at + 1) & 15);
            case OPAQUE -> opaque(fields, at, (int) size);
            case ENUM -> enumeration(fields, at, version, (int) size);
            case VARIABLE -> variable(fields, at, (int) size);
            default -> throw fields.unsupported(at, "an element type of class " + kind);
        };
    }

    private static Datatype numeric(H5Type type, boolean bigEndian) {
        return new Datatype(type, type.size(), bigEndian, false, Form.NUMERIC, 0);
    }

    private static Datatype integer(Fields fields, long at, int size) throws H5Exception {
        int flags = fields.u8(at + 1);
        @Nullable H5Type type = H5Type.integer(size, (flags & 8) != 0);
        if (type == null || fields.u16(at + 8) != 0 || fields.u16(at + 10) != 8 * size) {
            throw fields.unsupported(at, "an integer type of " + size + " bytes with unused bits or of odd size");
        }
        return numeric(type, (flags & 1) != 0);
    }

    private static Datatype floating(Fields fields, long at, int size) throws H5Exception {
        int flags = fields.u8(at + 1);
        FloatLayout found = new FloatLayout(size, fields.u8(at + 12), fields.u8(at + 13), fields.u8(at + 15),
                fields.u32(at + 16));
        @Nullable H5Type type = found.type();
        boolean plain = fields.u16(at + 8) == 0 && fields.u16(at + 10) == 8 * size && fields.u8(at + 14) == 0
                && (flags & 0x40) == 0 && fields.u8(at + 2) == 8 * size - 1;
        if (type == null || !plain) {
            throw fields.unsupported(at, "a floating-point type that isn't IEEE 754, " + found);
        }
        return numeric(type, (flags & 1) != 0);
    }

    private static Datatype opaque(Fields fields, long at, int size) throws H5Exception {
        if (size != 2) {
            throw fields.unsupported(at, "opaque elements of " + size + " bytes");
        }
        return new Datatype(H5Type.BFLOAT16, 2, false, true, Form.NUMERIC, 0);
    }

    /** h5py's booleans, or any other enumeration as the integers beneath it. */
    private static Datatype enumeration(Fields fields, long at, int version, int size) throws H5Exception {
        Datatype base = read(fields, at + 8);
        if (!base.type.isInteger() || base.size != size) {
            throw fields.damaged(at, "an enumeration over " + base.type);
        }
        boolean truth = size == 1 && fields.u16(at + 1) == 2 && isFalseTrue(fields, at + 20, version >= 3 ? 1 : 8);
        return truth ? numeric(H5Type.BOOL, false) : base;
    }

    private static boolean isFalseTrue(Fields fields, long names, int padding) throws H5Exception {
        int first = roundUp("FALSE".length() + 1, padding);
        int second = roundUp("TRUE".length() + 1, padding);
        byte[] bytes = fields.bytes(names, first + second + 2L, "an enumeration");
        byte[] tail = Arrays.copyOfRange(bytes, first, bytes.length);
        return Fields.text(bytes).equals("FALSE") && Fields.text(tail).equals("TRUE")
                && bytes[first + second] == 0 && bytes[first + second + 1] == 1;
    }

    private static int roundUp(int length, int multiple) {
        return (length + multiple - 1) / multiple * multiple;
    }

    private static Datatype variable(Fields fields, long at, int size) throws H5Exception {
        if ((fields.u8(at + 1) & 15) != 1 || size != AttributeSize.REFERENCE) {
            throw fields.unsupported(at, "sequences of variable length");
        }
        Form form = (fields.u8(at + 2) & 15) == 0 ? Form.ASCII : Form.UTF8;
        return new Datatype(H5Type.STRING, size, false, false, form, 0);
    }

    boolean isVariable() {
        return form == Form.ASCII || form == Form.UTF8;
    }
}
