namespace Relay.Reports;

/// <summary>A report as it comes in over HTTP, unread.</summary>
/// <param name="ContentType">The header; parameters such as a charset are allowed.</param>
/// <param name="ContentEncoding">The header; <c>gzip</c>, <c>identity</c> or nothing.</param>
public sealed record ReportRequest(Stream Body, string? ContentType, string? ContentEncoding);
