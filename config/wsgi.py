import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# What the program is made of never dies: walking through it again made one page in twenty wait
# for a tenth of a second.
gc.collect()
gc.freeze()
