/** The command line: what people and programs type. */
@NullMarked
package org.switchwright.server.command;

import org.jspecify.annotations.NullMarked;
