/** Tests of the command line. */
package org.switchwright.server.command;
