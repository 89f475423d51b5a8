/** Tests of tokens. */
package org.switchwright.server.access;
