namespace Relay.Slack;

/// <summary>Hosts whose names differ in one number that counts up, in Ansible's own spelling: <c>web-[01:12].example.com</c>.</summary>
internal sealed record HostRange(string Text, int Count);
