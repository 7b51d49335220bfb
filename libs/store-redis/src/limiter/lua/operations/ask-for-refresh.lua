-- The replica that leads is to refresh the bot's limits.
sweep()
redis.call('PUBLISH', channel, cjson.encode({ bot = bot, refresh = true }))
