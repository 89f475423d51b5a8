package org.switchwright.strategy;

import java.util.List;

/**
 * A word of a text, a text in quotes, or a sign.
 *
 * @param value without quotes and escapes
 * @param places for each character of the value, where it stands: line and column in one number
 * @param sign whether it is punctuation or the end of a line
 */
record Word(int line, int column, int lastLine, String value, List<Long> places, boolean sign) {}
