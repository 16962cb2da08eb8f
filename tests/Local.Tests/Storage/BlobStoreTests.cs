using Relay.Storage;
using Relay.Tests;
using Relay.Tests.Storage;

namespace Local.Tests.Storage;

/// <summary>What the relay relies on: the store in memory that its tests use keeps the same rules as the real one.</summary>
public abstract class BlobStoreTests
{
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(15);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_is_read_with_its_metadata()
    {
        var store = await CreateAsync();

        await store.WriteAsync("a/b", new BlobContent("{\"é\": 1}", new Dictionary<string, string> { ["host"] = "wéb-01 %41 + \u4e2d" }), BlobCondition.None, Cancellation);

        var blob = await store.ReadAsync("a/b", Cancellation);
        Assert.Equal(("a/b", "{\"é\": 1}", "wéb-01 %41 + \u4e2d"), (blob?.Name, blob?.Content, blob?.Metadata["host"]));
        Assert.Null(await store.ReadAsync("a/c", Cancellation));
    }

    [Fact]
    public async Task A_listing_has_names_and_metadata_in_order()
    {
        var store = await CreateAsync();
        foreach (var name in new[] { "x/2", "x/1", "y/1" })
        {
            await store.WriteAsync(name, new BlobContent("", new Dictionary<string, string> { ["n"] = name }), BlobCondition.None, Cancellation);
        }

        var found = await store.ListAsync("x/", Cancellation);

        Assert.Equal([("x/1", "x/1"), ("x/2", "x/2")], found.Select(blob => (blob.Name, blob.Metadata["n"])));
    }

    [Fact]
    public async Task Only_the_first_of_two_creates_a_blob()
    {
        var store = await CreateAsync();

        Assert.True(await store.WriteAsync("a", new BlobContent("1"), BlobCondition.Absent, Cancellation));
        Assert.False(await store.WriteAsync("a", new BlobContent("2"), BlobCondition.Absent, Cancellation));
        Assert.Equal("1", (await store.ReadAsync("a", Cancellation))?.Content);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_on_what_was_read_happens_only_while_it_is_unchanged(bool listed)
    {
        var store = await CreateAsync();
        await store.WriteAsync("a", new BlobContent("1"), BlobCondition.None, Cancellation);
        var seen = await SeeAsync(store, listed);

        Assert.True(await store.WriteAsync("a", new BlobContent("2"), BlobCondition.Unchanged(seen), Cancellation));
        Assert.False(await store.WriteAsync("a", new BlobContent("3"), BlobCondition.Unchanged(seen), Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deletion_of_what_was_read_happens_only_while_it_is_unchanged(bool listed)
    {
        var store = await CreateAsync();
        await store.WriteAsync("a", BlobContent.Empty, BlobCondition.None, Cancellation);
        var seen = await SeeAsync(store, listed);
        await store.WriteAsync("a", BlobContent.Empty, BlobCondition.None, Cancellation);

        Assert.False(await store.DeleteAsync("a", BlobCondition.Unchanged(seen), Cancellation));
        Assert.True(await store.DeleteAsync("a", BlobCondition.Unchanged(await SeeAsync(store, listed)), Cancellation));
        Assert.True(await store.DeleteAsync("a", BlobCondition.None, Cancellation));
        Assert.Null(await store.ReadAsync("a", Cancellation));
    }

    [Fact]
    public async Task What_was_deleted_is_not_written_as_if_it_were_still_there()
    {
        var store = await CreateAsync();
        await store.WriteAsync("a", BlobContent.Empty, BlobCondition.None, Cancellation);
        var seen = await SeeAsync(store, listed: false);
        await store.DeleteAsync("a", BlobCondition.None, Cancellation);

        Assert.False(await store.WriteAsync("a", BlobContent.Empty, BlobCondition.Unchanged(seen), Cancellation));
    }

    [Fact]
    public async Task One_at_a_time_holds_the_lease()
    {
        var store = await CreateAsync();
        await store.WriteAsync("a", BlobContent.Empty, BlobCondition.None, Cancellation);
        var lease = await store.AcquireLeaseAsync("a", _shortest, Cancellation);

        Assert.NotNull(lease);
        Assert.Null(await store.AcquireLeaseAsync("a", _shortest, Cancellation));
        Assert.True(await store.RenewLeaseAsync("a", lease, Cancellation));

        await store.ReleaseLeaseAsync("a", lease, Cancellation);
        Assert.NotNull(await store.AcquireLeaseAsync("a", _shortest, Cancellation));
        Assert.False(await store.RenewLeaseAsync("a", lease, Cancellation));
        await store.ReleaseLeaseAsync("a", lease, Cancellation);
        Assert.Null(await store.AcquireLeaseAsync("a", _shortest, Cancellation));
    }

    [Fact]
    public async Task A_leased_blob_is_written_by_its_holder_alone()
    {
        var store = await CreateAsync();
        await store.WriteAsync("a", BlobContent.Empty, BlobCondition.None, Cancellation);
        var lease = await store.AcquireLeaseAsync("a", _shortest, Cancellation);

        Assert.True(await store.WriteAsync("a", new BlobContent("mine"), BlobCondition.Leased(lease!), Cancellation)); // The lease was free.
        Assert.False(await store.WriteAsync("a", new BlobContent("theirs"), BlobCondition.Leased(Guid.NewGuid().ToString()), Cancellation));
        Assert.False(await store.WriteAsync("a", new BlobContent("theirs"), BlobCondition.None, Cancellation));
        Assert.Equal("mine", (await store.ReadAsync("a", Cancellation))?.Content);
    }

    [Fact]
    public async Task What_does_not_exist_cannot_be_leased() =>
        Assert.Null(await (await CreateAsync()).AcquireLeaseAsync("a", _shortest, Cancellation));

    protected abstract Task<IBlobStore> CreateAsync();

    private static async Task<StoredBlob?> SeeAsync(IBlobStore store, bool listed) =>
        listed ? (await store.ListAsync("a", Cancellation)).Single() : await store.ReadAsync("a", Cancellation);
}

public sealed class InMemoryBlobStoreTests : BlobStoreTests
{
    protected override Task<IBlobStore> CreateAsync() => Task.FromResult<IBlobStore>(new InMemoryBlobStore(new JumpingTime()));
}

public sealed class AzureBlobStoreTests(AzuriteFixture azurite) : BlobStoreTests
{
    [Fact]
    public async Task A_missing_container_is_no_missing_blob()
    {
        var container = await azurite.CreateContainerAsync();
        await container.DeleteAsync(cancellationToken: TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => new AzureBlobStore(container).ReadAsync("a", TestContext.Current.CancellationToken));
    }

    protected override async Task<IBlobStore> CreateAsync() => new AzureBlobStore(await azurite.CreateContainerAsync());
}
