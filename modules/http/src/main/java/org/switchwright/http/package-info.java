/** The outside by HTTP: queries, commands, the event stream, health. Decides nothing. */
@NullMarked
package org.switchwright.http;

import org.jspecify.annotations.NullMarked;
