package dev.graft.weights;

import java.nio.ByteBuffer;

/**
 * One message of an object header: a piece of what the file says about a group or a data set.
 *
 * @param type what kind of message it is
 * @param shared whether it only points to a message elsewhere
 * @param address where its content begins in the file
 * @param content its bytes, little-endian
 */
record Hdf5Message(int type, boolean shared, long address, ByteBuffer content) {
    static final int DATASPACE = 0x01;
    static final int LINK_INFO = 0x02;
    static final int DATATYPE = 0x03;
    static final int LINK = 0x06;
    static final int EXTERNAL_FILES = 0x07;
    static final int LAYOUT = 0x08;
    static final int FILTERS = 0x0b;
    static final int ATTRIBUTE = 0x0c;
    static final int CONTINUATION = 0x10;
    static final int SYMBOL_TABLE = 0x11;
}
