import { Inject, Injectable, type PipeTransform } from '@nestjs/common';
import type { PauseScope } from '@gateway-queue/identify-limiter';
import { toBucket } from '../http/bucket-in-path.ts';
import { KnownBotPipe } from '../http/known-bot.pipe.ts';

/** The parts of a path that names a scope. */
interface ScopePath {
  readonly bot: string;
  /** Absent in the path of a whole bot. */
  readonly bucket?: string;
}

/** Makes a pause's scope of the path. */
@Injectable()
export class PauseScopePipe implements PipeTransform<ScopePath, PauseScope> {
  constructor(@Inject(KnownBotPipe) private readonly knownBot: KnownBotPipe) {}

  /** @throws Problem when there is no such bot, or the bucket can be none */
  transform({ bot, bucket }: ScopePath): PauseScope {
    return {
      bot: this.knownBot.transform(bot),
      bucket: bucket === undefined ? null : toBucket(bucket),
    };
  }
}
