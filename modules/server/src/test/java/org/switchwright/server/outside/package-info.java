/** Tests of the HTTP interface beside a whole node. */
package org.switchwright.server.outside;
