package dev.keratin.io.hdf5;

import static org.bytedeco.hdf5.global.hdf5.*;

import dev.keratin.io.hdf5.H5Attribute.Form;
import java.io.IOException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.jspecify.annotations.Nullable;

/** Element types between libhdf5 and {@link Datatype}; the little-endian ones serve both the file and memory. */
final class NativeTypes {
    private NativeTypes() {}

    /** What a type of the file stands for; refuses what {@link H5Type} doesn't have. */
    static Datatype describe(long type) throws IOException {
        int size = (int) NativeLibrary.check(H5Tget_size(type));
        int kind = H5Tget_class(type);
        if (kind == H5T_STRING) {
            return text(type, size);
        }
        @Nullable H5Type known = null;
        if (kind == H5T_INTEGER) {
            known = H5Type.integer(size, H5Tget_sign(type) != 0);
        } else if (kind == H5T_FLOAT) {
            known = floating(type, size);
        } else if (kind == H5T_ENUM) {
            known = enumeration(type);
        } else if (kind == H5T_OPAQUE && size == 2) {
            return new Datatype(H5Type.BFLOAT16, 2, false, true, Form.NUMERIC, 0);
        }
        if (known == null) {
            throw new IOException("an element type of class " + kind + " and " + size + " bytes, which Keras doesn't use");
        }
        return new Datatype(known, size, false, false, Form.NUMERIC, 0);
    }

    private static Datatype text(long type, int size) throws IOException {
        if (NativeLibrary.check(H5Tis_variable_str(type)) > 0) {
            Form form = H5Tget_cset(type) == H5T_CSET_ASCII ? Form.ASCII : Form.UTF8;
            return new Datatype(H5Type.STRING, AttributeSize.REFERENCE, false, false, form, 0);
        }
        return new Datatype(H5Type.STRING, size, false, false, Form.FIXED, H5Tget_strpad(type));
    }

    private static @Nullable H5Type floating(long type, int size) throws IOException {
        try (SizeTPointer fields = new SizeTPointer(5)) {
            SizeTPointer[] at = new SizeTPointer[5];
            for (int i = 0; i < at.length; i++) {
                at[i] = new SizeTPointer(fields).position(i);
            }
            NativeLibrary.check(H5Tget_fields(type, at[0], at[1], at[2], at[3], at[4]));
            return new FloatLayout(size, (int) fields.get(1), (int) fields.get(2), (int) fields.get(4),
                    H5Tget_ebias(type)).type();
        }
    }

    private static @Nullable H5Type enumeration(long type) throws IOException {
        try (NativeId base = NativeId.of(H5Tget_super(type))) {
            H5Type integer = describe(base.id()).type();
            boolean truth = integer.size() == 1 && H5Tget_nmembers(type) == 2
                    && isMember(type, 0, "FALSE") && isMember(type, 1, "TRUE");
            return truth ? H5Type.BOOL : integer;
        }
    }

    private static boolean isMember(long type, int index, String expected) throws IOException {
        try (BytePointer name = H5Tget_member_name(type, index); BytePointer value = new BytePointer(1)) {
            NativeLibrary.check(H5Tget_member_value(type, index, value));
            boolean same = name != null && name.getString().equals(expected) && value.get() == index;
            H5free_memory(name);
            return same;
        }
    }

    /** A new little-endian type of numbers. */
    static NativeId numeric(H5Type type) throws IOException {
        return switch (type) {
            case FLOAT16 -> floating(FloatLayout.of(type));
            case BFLOAT16 -> NativeId.of(H5Tcreate(H5T_OPAQUE, 2));
            case FLOAT32 -> copy(H5T_IEEE_F32LE_g());
            case FLOAT64 -> copy(H5T_IEEE_F64LE_g());
            case INT8 -> copy(H5T_STD_I8LE_g());
            case INT16 -> copy(H5T_STD_I16LE_g());
            case INT32 -> copy(H5T_STD_I32LE_g());
            case INT64 -> copy(H5T_STD_I64LE_g());
            case UINT8 -> copy(H5T_STD_U8LE_g());
            case UINT16 -> copy(H5T_STD_U16LE_g());
            case UINT32 -> copy(H5T_STD_U32LE_g());
            case UINT64 -> copy(H5T_STD_U64LE_g());
            case BOOL -> truth();
            case STRING -> throw new AssertionError("strings are no numbers");
        };
    }

    /** A new type to read {@code stored} elements with: little-endian, or the very type where order is no matter. */
    static NativeId memory(long stored, H5Type type) throws IOException {
        boolean bfloat = type == H5Type.BFLOAT16 && H5Tget_class(stored) == H5T_FLOAT;
        boolean enumeration = H5Tget_class(stored) == H5T_ENUM;
        if (bfloat) {
            return floating(FloatLayout.of(type));
        }
        if (type == H5Type.BFLOAT16 || type == H5Type.BOOL) {
            return copy(stored);
        }
        return enumeration ? NativeId.of(H5Tget_super(stored)) : numeric(type);
    }

    private static NativeId copy(long type) throws IOException {
        return NativeId.of(H5Tcopy(type));
    }

    private static NativeId floating(FloatLayout layout) throws IOException {
        NativeId type = copy(H5T_IEEE_F32LE_g());
        int sign = 8 * layout.size() - 1;
        NativeLibrary.check(H5Tset_fields(type.id(), sign, layout.exponentAt(), layout.exponentBits(), 0,
                layout.mantissaBits()));
        NativeLibrary.check(H5Tset_size(type.id(), layout.size()));
        NativeLibrary.check(H5Tset_ebias(type.id(), layout.bias()));
        return type;
    }

    private static NativeId truth() throws IOException {
        NativeId type = NativeId.of(H5Tenum_create(H5T_STD_I8LE_g()));
        member(type, "FALSE", 0);
        member(type, "TRUE", 1);
        return type;
    }

    private static void member(NativeId type, String name, int value) throws IOException {
        try (BytePointer text = NativeLibrary.utf8(name); BytePointer number = new BytePointer(1)) {
            number.put((byte) value);
            NativeLibrary.check(H5Tenum_insert(type.id(), text, (Pointer) number));
        }
    }

    /** A new type of strings; {@code width} counts for {@link Form#FIXED} alone. */
    static NativeId text(Form form, int width) throws IOException {
        NativeId type = copy(H5T_C_S1_g());
        boolean fixed = form == Form.FIXED;
        NativeLibrary.check(H5Tset_size(type.id(), fixed ? width : H5T_VARIABLE));
        NativeLibrary.check(H5Tset_strpad(type.id(), fixed ? H5T_STR_NULLPAD : H5T_STR_NULLTERM));
        NativeLibrary.check(H5Tset_cset(type.id(), form == Form.UTF8 ? H5T_CSET_UTF8 : H5T_CSET_ASCII));
        return type;
    }
}
